import account from "./account.json";
import api from "./api.json";
import audit from "./audit.json";
import board from "./board.json";
import charts from "./charts.json";
import clock from "./clock.json";
import customer from "./customer.json";
import customers from "./customers.json";
import errors from "./errors.json";
import home from "./home.json";
import imports from "./imports.json";
import invite from "./invite.json";
import keys from "./keys.json";
import members from "./members.json";
import metrics from "./metrics.json";
import palette from "./palette.json";
import product from "./product.json";
import range from "./range.json";
import roles from "./roles.json";
import rules from "./rules.json";
import settings from "./settings.json";
import shell from "./shell.json";
import signIn from "./sign-in.json";
import sources from "./sources.json";
import start from "./start.json";
import states from "./states.json";
import tags from "./tags.json";
import views from "./views.json";

export default {
  product,
  roles,
  signIn,
  shell,
  clock,
  palette,
  views,
  range,
  charts,
  board,
  customers,
  account,
  customer,
  home,
  imports,
  invite,
  keys,
  members,
  sources,
  audit,
  metrics,
  rules,
  tags,
  settings,
  start,
  states,
  errors,
  api,
};
